import Logging

/// Writes what happens under the supervisor into the log.
enum SupervisionLog {
    static func write(_ event: SupervisionEvent, to logger: Logger) {
        switch event {
        case .started(let role, let process):
            logger.info("process started", metadata: fields(role, process))
        case .startFailed(let role, let code):
            logger.error(
                "process not started", metadata: ["role": .string(role.rawValue), "errno": .stringConvertible(code)])
        case .ended(let role, let process, let end, let expected):
            var fields = fields(role, process)
            switch end {
            case .exited(let code): fields["exit"] = .string("\(code)")
            case .killed(let signal): fields["signal"] = .string("\(signal)")
            }
            logger.log(level: expected ? .info : .error, expected ? "process ended" : "process died", metadata: fields)
        case .ready: logger.notice("ready", metadata: ["version": .string(Version.text)])
        case .reloading: logger.notice("reloading")
        case .reloaded: logger.notice("reloaded")
        case .reloadRefused: logger.error("reload refused: the old configuration stays")
        case .stopping: logger.notice("stopping")
        case .overdue(let role, let process):
            logger.error("process does not end: killed", metadata: fields(role, process))
        }
    }

    private static func fields(_ role: SupervisionEvent.Role, _ process: Int32) -> Logger.Metadata {
        ["role": .string(role.rawValue), "process": .string("\(process)")]
    }
}
