import HTTPTypes
package import NIOCore

/// Answers plain requests to `/predict` on the connection's own thread, as their bytes come.
///
/// A prediction takes a few microseconds, less than a full HTTP parser and handing the request to another thread and
/// back. The first other request on a connection goes, with all that follows it, to Hummingbird, whose answers are the
/// same.
package final class FastLane: ChannelInboundHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    private let service: PredictionService
    private let turn: LoopTurn
    /// Whose requests are counted; nil where nobody's are.
    private var caller: String?
    /// What has come of a request that is not whole yet.
    private var pending: [UInt8] = []
    /// Whether Hummingbird has the connection.
    private var isPassing = false
    /// The server wants to stop, which the handlers behind hear once the request is answered.
    private var held: Any?

    package init(_ service: PredictionService, _ turn: LoopTurn = LoopTurn()) {
        self.service = service
        self.turn = turn
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        guard service.limits.requestsPerSecond != nil else { return }
        caller = context.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isPassing else { return context.fireChannelRead(data) }
        let buffer = unwrapInboundIn(data)
        if pending.isEmpty {
            pending = Array(buffer.readableBytesView)
        } else {
            pending += buffer.readableBytesView
        }
        var start = 0
        reading: while start < pending.count {
            switch PlainRequest.read(pending, from: start) {
            case .complete(let request):
                let reply = service.reply(
                    toPredict: Array(pending[request.body]),
                    caller: caller,
                    isLate: turn.isLate(on: context.eventLoop)
                )
                context.write(wrapOutboundOut(reply.http1(context.channel.allocator)), promise: nil)
                start = request.body.upperBound
            case .incomplete: break reading
            case .other:
                pass(context, from: start)
                return
            }
        }
        if start > 0 {
            pending.removeFirst(start)
            context.flush()
        }
        if pending.isEmpty { release(context) }
    }

    /// Those behind have read nothing of what the lane has answered.
    package func channelReadComplete(context: ChannelHandlerContext) {
        if isPassing { context.fireChannelReadComplete() }
    }

    /// Gives the connection to Hummingbird, from a request's first byte on.
    private func pass(_ context: ChannelHandlerContext, from start: Int) {
        isPassing = true
        context.flush()
        // From here on Hummingbird tells when nothing moves.
        let idle = try? context.pipeline.syncOperations.handler(type: IdleStateHandler.self)
        if let idle { context.pipeline.syncOperations.removeHandler(idle, promise: nil) }
        let rest = context.channel.allocator.buffer(bytes: pending[start...])
        pending = []
        context.fireChannelRead(wrapInboundOut(rest))
        release(context)
    }

    private func release(_ context: ChannelHandlerContext) {
        guard let event = held else { return }
        held = nil
        context.fireUserInboundEventTriggered(event)
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent where !pending.isEmpty: held = event
        case is IdleStateHandler.IdleStateEvent: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }
}

extension Reply {
    /// The whole answer as it goes over a connection.
    fileprivate func http1(_ allocator: ByteBufferAllocator) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: 320 + bytes.count)
        if status == .ok {
            buffer.writeStaticString("HTTP/1.1 200 OK\r\nContent-Type: ")
        } else {
            buffer.writeString("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\nContent-Type: ")
        }
        buffer.writeString(type)
        buffer.writeStaticString("\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store")
        for field in headers { buffer.writeString("\r\n\(field.name.rawName): \(field.value)") }
        buffer.writeStaticString("\r\nX-Request-ID: ")
        buffer.writeBytes(requestID)
        if isEncrypted {
            buffer.writeStaticString("\r\nStrict-Transport-Security: max-age=31536000")
        }
        buffer.writeStaticString("\r\nContent-Length: ")
        buffer.writeString(String(bytes.count))
        buffer.writeStaticString("\r\nDate: ")
        buffer.writeString(HTTPDate.now)
        buffer.writeStaticString("\r\n\r\n")
        buffer.writeBytes(bytes)
        return buffer
    }
}
