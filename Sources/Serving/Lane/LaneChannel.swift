import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// Hummingbird's connections with the fast lane in front.
struct LaneChannel: ServerChildChannel {
    let service: PredictionService
    let http1: HTTP1Channel
    private let turns = LoopTurns()

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        do {
            let pipeline = channel.pipeline.syncOperations
            if let certificate = service.certificate {
                try pipeline.addHandler(NIOSSLServerHandler(context: certificate.current))
            }
            // Keys are read from headers, which is the full parser's work.
            guard !service.needsKeys else {
                return http1.setup(channel: channel, logger: logger)
            }
            // Before the lane, since Hummingbird's own does not see the lane's requests. What is read is enough to know: an
            // answer follows at once.
            try pipeline.addHandler(IdleStateHandler(readTimeout: .seconds(60)))
            try pipeline.addHandler(FastLane(service, turns.turn(of: channel.eventLoop)))
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return http1.setup(channel: channel, logger: logger)
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await http1.handle(value: value, logger: logger)
    }
}
