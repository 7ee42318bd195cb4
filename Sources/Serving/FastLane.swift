import HTTPTypes
package import NIOCore
package import NIOHTTPTypes

/// Answers small requests to `/predict` on the connection's own thread, as they come.
///
/// A prediction takes a few microseconds, less than handing the request to another thread and back. Everything
/// else, and whatever comes while such a request is in work, goes on to Hummingbird, whose answers are the same.
package final class FastLane: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    /// Larger bodies would keep the thread's other connections waiting.
    package static let greatestBody = 8 << 10

    private let service: PredictionService
    /// The request that is being read, where it is one for this lane.
    private var fast: (head: HTTPRequest, body: [UInt8], start: ContinuousClock.Instant)?
    /// Requests that went on and are not answered yet: answers keep the order of requests.
    private var passed = 0
    /// The server wants to stop, which the handlers behind hear once the request is answered.
    private var held: Any?

    package init(_ service: PredictionService) { self.service = service }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            guard passed == 0, Self.takes(head) else {
                passed += 1
                break
            }
            fast = (head, [], .now)
            return
        case .body(let buffer):
            guard fast != nil else { break }
            fast?.body.append(contentsOf: buffer.readableBytesView)
            return
        case .end:
            guard let (head, body, start) = fast else { break }
            fast = nil
            answer(service.reply(toPredict: head, body, since: start), context)
            return
        }
        context.fireChannelRead(data)
    }

    private static func takes(_ head: HTTPRequest) -> Bool {
        guard head.method == .post, head.path == Route.predict.rawValue,
            let length = head.headerFields[.contentLength].flatMap({ Int($0) }),
            length <= greatestBody
        else { return false }
        return head.headerFields[.connection] == nil && head.headerFields[.expect] == nil
    }

    private func answer(_ reply: Reply, _ context: ChannelHandlerContext) {
        var fields = reply.fields
        fields[.date] = HTTPDate.now
        let head = HTTPResponse(status: reply.status, headerFields: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(
            wrapOutboundOut(.body(context.channel.allocator.buffer(bytes: reply.bytes))),
            promise: nil
        )
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        if let event = held {
            held = nil
            context.fireUserInboundEventTriggered(event)
        }
    }

    package func write(
        context: ChannelHandlerContext,
        data: NIOAny,
        promise: EventLoopPromise<Void>?
    ) {
        if case .end = unwrapOutboundIn(data) { passed -= 1 }
        context.write(data, promise: promise)
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent where fast != nil: held = event
        case is IdleStateHandler.IdleStateEvent: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }
}
