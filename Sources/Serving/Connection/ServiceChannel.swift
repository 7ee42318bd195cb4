import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1
import NIOSSL

/// What stands on a connection: encryption, NIO's HTTP parser, `/predict`, and Hummingbird for all else.
struct ServiceChannel: ServerChildChannel {
    let service: PredictionService
    let http1: HTTP1Channel
    private let shedders = LoadShedders()
    private static let idleTimeout = TimeAmount.seconds(60)

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let certificate = service.certificate?.current
            if let certificate {
                try pipeline.addHandler(NIOSSLServerHandler(context: certificate))
            }
            // What is read is enough to know: an answer follows at once.
            try pipeline.addHandler(IdleStateHandler(readTimeout: Self.idleTimeout))
            try PredictHandler.add(to: pipeline, service, shedders.shedder(of: channel.eventLoop))
            // From here on as HTTP1Channel has it, whose own set-up leaves no place between parser and conversion.
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: certificate != nil))
            try pipeline.addHandler(HTTPConnectionStateHandler(logger: logger))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await http1.handle(value: value, logger: logger)
    }
}
