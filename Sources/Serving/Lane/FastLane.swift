import HTTPTypes
package import NIOCore

/// Answers plain requests to `/predict` on the connection's own thread, as their bytes come.
///
/// A prediction takes a few microseconds, less than a full HTTP parser and handing the request to another thread and
/// back. The first other request on a connection goes, with all that follows it, to Hummingbird, whose answers are the
/// same.
package final class FastLane: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    private let service: PredictionService
    private let turn: LoopTurn
    /// Whose requests are counted; nil where nobody's are.
    private var caller: String?
    /// What has come of a request that is not whole yet.
    private var pending: [UInt8] = []
    /// The answers to what came together; its memory is kept for the next ones.
    private var answers = ByteBuffer()
    /// Beyond this it is not kept.
    private static let keptBytes = 16 << 10
    /// Whether Hummingbird has the connection.
    private var isPassing = false
    /// More is to be read once the caller has taken what it asked for.
    private var wantsToRead = false
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
        let answered: Int
        if pending.isEmpty {
            answered = answer(buffer.readableBytesUInt8Span, context)
            if answered < buffer.readableBytes {
                pending = Array(buffer.readableBytesView.dropFirst(answered))
            }
        } else {
            var bytes = pending
            pending = []
            bytes += buffer.readableBytesView
            answered = answer(bytes.span, context)
            bytes.removeFirst(answered)
            pending = bytes
        }
        if answered > 0 {
            context.writeAndFlush(wrapOutboundOut(answers), promise: nil)
            if answers.capacity > Self.keptBytes { answers = ByteBuffer() }
        }
        if isPassing { return pass(context) }
        if pending.isEmpty { release(context) }
    }

    /// Answers the plain requests at the beginning, up to one that is not whole or not plain.
    ///
    /// - Returns: How many bytes they are.
    private func answer(_ bytes: Span<UInt8>, _ context: ChannelHandlerContext) -> Int {
        answers.clear()
        var start = 0
        while start < bytes.count {
            switch PlainRequest.read(bytes, from: start) {
            case .complete(let request):
                let now = NIODeadline.now()
                let reply = service.reply(
                    toPredict: bytes.extracting(request.body),
                    caller: caller,
                    isLate: turn.isLate(now, on: context.eventLoop),
                    start: now
                )
                reply.write(to: &answers, date: turn.date)
                start = request.body.upperBound
            case .incomplete: return start
            case .other:
                isPassing = true
                return start
            }
        }
        return start
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        if isPassing {
            context.fireChannelReadComplete()
        } else {
            // Those behind have read nothing of what the lane has answered, and need not ask for more.
            read(context: context)
        }
    }

    /// Reads on, but not for a caller who takes no answers: they would fill the memory.
    package func read(context: ChannelHandlerContext) {
        if isPassing || context.channel.isWritable { return context.read() }
        wantsToRead = true
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        if wantsToRead, context.channel.isWritable {
            wantsToRead = false
            context.read()
        }
        context.fireChannelWritabilityChanged()
    }

    /// Gives the connection to Hummingbird, from a request's first byte on.
    private func pass(_ context: ChannelHandlerContext) {
        // From here on Hummingbird tells when nothing moves.
        let idle = try? context.pipeline.syncOperations.handler(type: IdleStateHandler.self)
        if let idle { context.pipeline.syncOperations.removeHandler(idle, promise: nil) }
        let rest = context.channel.allocator.buffer(bytes: pending)
        pending = []
        context.fireChannelRead(wrapInboundOut(rest))
        release(context)
    }

    private func release(_ context: ChannelHandlerContext) {
        // Asked first, since copying what may be anything takes longer.
        guard held != nil, let event = held else { return }
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
    /// Adds the whole answer as it goes over a connection.
    fileprivate func write(to buffer: inout ByteBuffer, date: String) {
        buffer.reserveCapacity(minimumWritableBytes: 320 + bytes.count)
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
        buffer.writeString(date)
        buffer.writeStaticString("\r\n\r\n")
        buffer.writeBytes(bytes)
    }
}
