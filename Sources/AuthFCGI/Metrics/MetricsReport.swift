import AuthDomain

/// What monitors get to read.
struct MetricsReport: Sendable {
    let scoreboard: Scoreboard
    /// The program's version.
    let version: String
    /// What may be spent on messages.
    let spend: SpendPolicy

    /// The report on the requests under these labels; `backlog` is nil when the database does not answer.
    func text(_ labels: Set<RequestMeter.Label>, _ backlog: Backlog?, at now: Timestamp) -> [UInt8] {
        var text = PrometheusText()
        requests(RequestMeter(labels, on: scoreboard), to: &text)
        text.begin("authfcgi_password_hashes", .gauge, "Password hashes that run or wait for their turn.")
        text.sample("authfcgi_password_hashes", ["state": "running"], "\(scoreboard.sum(.hashesRunning))")
        text.sample("authfcgi_password_hashes", ["state": "waiting"], "\(scoreboard.sum(.hashesWaiting))")
        text.number(
            "authfcgi_database_connections", .gauge, "Open connections of the workers to the database.",
            scoreboard.sum(.databaseConnections))
        text.number(
            "authfcgi_database_errors_total", .counter, "Statements that failed by the database's fault.",
            scoreboard.total(.databaseErrors))
        text.number(
            "authfcgi_database_up", .gauge, "Whether the database answers, 1 or 0.", backlog == nil ? 0 : 1)
        if let backlog {
            let age = backlog.oldest.map { now.microseconds - $0.microseconds } ?? 0
            text.number("authfcgi_outbox_messages", .gauge, "Messages that wait for delivery.", backlog.waiting)
            text.begin("authfcgi_outbox_oldest_seconds", .gauge, "How long the oldest of them has waited.")
            text.sample("authfcgi_outbox_oldest_seconds", [:], PrometheusText.seconds(Int(max(0, age))))
            text.begin("authfcgi_messages_today", .gauge, "Messages of the day that goes on, by all hosts.")
            text.sample("authfcgi_messages_today", ["medium": "mail"], "\(backlog.mails)")
            text.sample("authfcgi_messages_today", ["medium": "sms"], "\(backlog.texts)")
            text.number(
                "authfcgi_sms_ranges_stopped", .gauge, "Ranges of numbers and countries to which texts have stopped.",
                backlog.stoppedRanges)
        }
        text.begin("authfcgi_messages_per_day", .gauge, "Messages that a day may have.")
        text.sample("authfcgi_messages_per_day", ["medium": "mail"], "\(spend.mailsPerDay)")
        text.sample("authfcgi_messages_per_day", ["medium": "sms"], "\(spend.textsPerDay)")
        text.begin("authfcgi_messages_refused_total", .counter, "Messages refused for what they would cost.")
        text.sample(
            "authfcgi_messages_refused_total", ["reason": "budget"], "\(scoreboard.total(.budgetRefusals))")
        text.sample("authfcgi_messages_refused_total", ["reason": "range"], "\(scoreboard.total(.rangeRefusals))")
        text.number("authfcgi_workers", .gauge, "Worker processes.", scoreboard.workers)
        text.number(
            "authfcgi_worker_starts_total", .counter, "Worker processes started since the service was.",
            scoreboard.total(.workerStarts))
        text.begin("authfcgi_build_info", .gauge, "The version of the program; always 1.")
        text.sample("authfcgi_build_info", ["version": version], "1")
        return text.octets
    }

    private func requests(_ meter: RequestMeter, to text: inout PrometheusText) {
        let all = meter.all.filter { !$0.series.answers.isEmpty }
        text.begin("authfcgi_requests_total", .counter, "Requests answered.")
        for (label, series) in all {
            for (status, count) in series.answers {
                text.sample(
                    "authfcgi_requests_total",
                    ["api": label.api, "route": label.route ?? "-", "status": "\(status.rawValue)"], "\(count)")
            }
        }
        let name = "authfcgi_request_duration_seconds"
        text.begin(name, .histogram, "How long answers took, from the whole request to the answer.")
        for (label, series) in all {
            let route = label.route ?? "-"
            let bounds = RequestSeries.bounds.map(PrometheusText.seconds) + ["+Inf"]
            for (bound, count) in zip(bounds, series.upTo) {
                text.sample("\(name)_bucket", ["api": label.api, "route": route, "le": bound], "\(count)")
            }
            text.sample(
                "\(name)_sum", ["api": label.api, "route": route], PrometheusText.seconds(series.microseconds))
            text.sample("\(name)_count", ["api": label.api, "route": route], "\(series.upTo.last ?? 0)")
        }
    }
}
