import HTTPTypes
package import NIOCore
package import NIOHTTP1

/// Answers `/predict` on the connection's own thread, behind NIO's HTTP parser, and keeps the connection in order.
///
/// A prediction takes a few microseconds, less than handing the request to another thread and back. All other requests,
/// large or packed bodies, and what follows while one of these is being answered go on to Hummingbird, whose answers are
/// the same; that order never needs a queue. What concerns every request is done here: telling whoever waits to send the
/// body, closing, reading no more from callers who take no answers, and saying in words what is no HTTP.
package final class PredictHandler: ChannelDuplexHandler {
    package typealias InboundIn = HTTPServerRequestPart
    package typealias InboundOut = HTTPServerRequestPart
    package typealias OutboundIn = HTTPServerResponsePart
    package typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case betweenRequests
        /// The body of a request that is answered here is still to come.
        case collecting
        /// The rest of the request is Hummingbird's.
        case passing
        /// No further request is answered.
        case closing
    }

    /// Larger bodies would keep the connections of the same thread waiting.
    package static let greatestBody = 8 << 10
    /// Beyond this the memory of answers is not kept.
    private static let keptBytes = 16 << 10
    private static let goOn = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")

    private let service: PredictionService
    private let shedder: LoadShedder
    private let decoder: RequestDecoder
    /// Whose requests are counted, where nobody needs a key.
    private var address: String?
    /// Before the encoder: answers are written as they go over the connection.
    private var wire: ChannelHandlerContext?

    private var state = State.betweenRequests
    private var head: HTTPRequestHead?
    private var fields = RequestFields()
    private var body = ByteBuffer()
    /// What becomes of the connection after each request that Hummingbird still has to answer.
    private var passed: [Persistence] = []
    /// Whether the caller waits before it sends the body.
    private var isExpecting = false
    /// Said once all before it is answered.
    private var failure: Reply?

    /// The answers to what came together.
    private var answers = ByteBuffer()
    private var closesAfterAnswers = false
    /// Whether something was passed on since the last time that all that came was read.
    private var hasPassed = false
    /// More is to be read once the caller has taken what it asked for.
    private var wantsToRead = false
    /// The server wants to stop, which the handlers behind hear once the request is answered.
    private var isQuiescing = false

    private init(_ service: PredictionService, _ shedder: LoadShedder, _ decoder: RequestDecoder) {
        self.service = service
        self.shedder = shedder
        self.decoder = decoder
    }

    /// Adds NIO's encoder and parser, and this handler behind them.
    package static func add(
        to pipeline: ChannelPipeline.SynchronousOperations,
        _ service: PredictionService,
        _ shedder: LoadShedder = LoadShedder()
    ) throws {
        let decoder = RequestDecoder(headerBytes: service.limits.headerBytes)
        try pipeline.addHandler(HTTPResponseEncoder())
        try pipeline.addHandler(ByteToMessageHandler(decoder))
        try pipeline.addHandler(PredictHandler(service, shedder, decoder))
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        wire = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
        guard service.limits.requestsPerSecond != nil, !service.needsKeys else { return }
        address = context.channel.remoteAddress?.ipAddress
    }

    package func handlerRemoved(context: ChannelHandlerContext) { wire = nil }

    // MARK: - Requests

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (_, .closing): break
        case (.head(let head), _): begin(head, context)
        case (.body(let part), .collecting):
            if body.readableBytes == 0 { body = part } else { body.writeImmutableBuffer(part) }
            if body.readableBytes > Self.greatestBody { handOver(context) }
        case (.end, .collecting): answer(context)
        case (.body, _): pass(data, context)
        case (.end, _):
            pass(data, context)
            endRequest(passed.last ?? .stays)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        fields = RequestFields(head.headers)
        if let problem = fields.problem(of: head) { return fail(problem, context) }
        self.head = head
        isExpecting = fields.expectsContinue && head.version >= .http1_1
        guard
            passed.isEmpty, head.method == .POST, head.uri == "/predict", !isExpecting,
            fields.contentEncoding == nil, fields.contentLength ?? 0 <= Self.greatestBody
        else { return handOver(context) }
        state = .collecting
    }

    /// Gives the request to Hummingbird, from its head on.
    private func handOver(_ context: ChannelHandlerContext) {
        guard let head else { return }
        passed.append(Persistence(head, fields))
        state = .passing
        pass(wrapInboundOut(.head(head)), context)
        if body.readableBytes > 0 { pass(wrapInboundOut(.body(body)), context) }
        forget()
    }

    private func pass(_ data: NIOAny, _ context: ChannelHandlerContext) {
        hasPassed = true
        context.fireChannelRead(data)
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard let head else { return }
        let now = NIODeadline.now()
        let reply = service.reply(
            toPredict: body.readableBytesUInt8Span,
            fields,
            from: address,
            isLate: shedder.isLate(now, on: context.eventLoop),
            start: now
        )
        let persistence = Persistence(head, fields)
        reply.write(to: &answers, date: shedder.date, persistence)
        closesAfterAnswers = persistence == .closes
        forget()
        endRequest(persistence)
    }

    private func endRequest(_ persistence: Persistence) {
        state = persistence == .closes ? .closing : .betweenRequests
        if fields.isUpgrade { decoder.isSpent = true }
        isExpecting = false
    }

    private func forget() {
        head = nil
        body = ByteBuffer()
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        flushAnswers(context)
        if isQuiescing, state != .collecting {
            isQuiescing = false
            context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
        if hasPassed {
            hasPassed = false
            context.fireChannelReadComplete()
        } else {
            // Those behind have read nothing of what was answered here, and need not ask for more.
            read(context: context)
        }
    }

    private func flushAnswers(_ context: ChannelHandlerContext) {
        guard answers.readableBytes > 0 else { return }
        let promise = closesAfterAnswers ? hangUp(after: nil, context) : nil
        wire?.writeAndFlush(NIOAny(answers), promise: promise)
        if answers.capacity > Self.keptBytes { answers = ByteBuffer() } else { answers.clear() }
    }

    /// Reads on, but not for a caller who takes no answers: they would fill the memory.
    package func read(context: ChannelHandlerContext) {
        if context.channel.isWritable { return context.read() }
        wantsToRead = true
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        if wantsToRead, context.channel.isWritable {
            wantsToRead = false
            context.read()
        }
        context.fireChannelWritabilityChanged()
    }

    // MARK: - Hummingbird's answers

    package func write(
        context: ChannelHandlerContext,
        data: NIOAny,
        promise: EventLoopPromise<Void>?
    ) {
        // Hummingbird complains of a body that breaks even if its request is answered.
        guard let persistence = passed.first else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if let connection = persistence.field {
                head.headers.replaceOrAdd(name: "Connection", value: connection)
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end where persistence == .closes:
            passed = []
            state = .closing
            context.writeAndFlush(data, promise: hangUp(after: promise, context))
        case .end:
            passed.removeFirst()
            context.write(data, promise: promise)
            tellFailure(context)
        }
    }

    /// Tells the caller to send the body where it waits for that.
    package func triggerUserOutboundEvent(
        context: ChannelHandlerContext,
        event: Any,
        promise: EventLoopPromise<Void>?
    ) {
        guard event is BodyWanted else {
            return context.triggerUserOutboundEvent(event, promise: promise)
        }
        if isExpecting { wire?.writeAndFlush(NIOAny(Self.goOn), promise: nil) }
        isExpecting = false
        promise?.succeed()
    }

    // MARK: - Ends

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        // The parser tells of some errors twice.
        guard state != .closing else { return }
        guard state == .passing else { return fail(Problem(error, service.limits), context) }
        // Whoever reads the body answers it; if it is answered already, there is nothing to add.
        state = .closing
        guard let last = passed.indices.last else { return context.close(promise: nil) }
        passed[last] = .closes
        context.fireErrorCaught(error)
    }

    /// Says what is wrong once all before it is answered, and closes.
    private func fail(_ problem: Problem, _ context: ChannelHandlerContext) {
        state = .closing
        failure = service.reply(to: problem)
        tellFailure(context)
    }

    private func tellFailure(_ context: ChannelHandlerContext) {
        guard passed.isEmpty, let failure else { return }
        self.failure = nil
        failure.write(to: &answers, date: HTTPDate.now, .closes)
        closesAfterAnswers = true
        flushAnswers(context)
    }

    /// Closes once something is written: says that no more will come, and waits a little for the caller to do the same.
    ///
    /// To close at once while the caller still sends would cost it the answer (RFC 9112, section 9.6).
    private func hangUp(
        after promise: EventLoopPromise<Void>?,
        _ context: ChannelHandlerContext
    ) -> EventLoopPromise<Void> {
        let promise = promise ?? context.eventLoop.makePromise()
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { _ in
            context.value.close(mode: .output, promise: nil)
            context.value.eventLoop.scheduleTask(in: .seconds(2)) {
                context.value.close(promise: nil)
            }
        }
        return promise
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent where state == .collecting: isQuiescing = true
        case is IdleStateHandler.IdleStateEvent:
            // Whoever waits for an answer need not send anything.
            if passed.isEmpty || state == .passing { context.close(promise: nil) }
        default: context.fireUserInboundEventTriggered(event)
        }
    }
}

/// Asks for the body of a request whose caller waits for `100 Continue` before it sends it (RFC 9110, section 10.1.1).
package struct BodyWanted: Sendable {
    package init() {}
}
