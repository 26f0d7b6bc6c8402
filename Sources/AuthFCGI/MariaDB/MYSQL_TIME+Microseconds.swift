import CMariaDB

extension MYSQL_TIME {
    /// The moment as the client library sends it. Throws outside the years 1 to 9999.
    init(microseconds: Int64) throws(MariaDBError) {
        guard let civil = CivilTime(microseconds: microseconds) else {
            throw MariaDBError(.other, "a time is outside the years 1 to 9999")
        }
        self.init()
        (year, month, day) = (civil.year, civil.month, civil.day)
        (hour, minute, second) = (civil.hour, civil.minute, civil.second)
        second_part = UInt(civil.microsecond)
        time_type = MYSQL_TIMESTAMP_DATETIME
    }

    /// Microseconds since 1970 UTC. Throws for what is no date, as 0000-00-00.
    func microseconds() throws(MariaDBError) -> Int64 {
        guard neg == 0,
            let civil = CivilTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second,
                microsecond: UInt32(clamping: second_part))
        else { throw MariaDBError(.other, "a column's time is no date") }
        return civil.microseconds
    }
}
