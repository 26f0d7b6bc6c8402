extension Configuration {
    /// `[phone]`: how phone numbers are read.
    struct Phone: Hashable, Sendable {
        /// For numbers without "+"; nil accepts none such. ITU-T E.164, 6.2.1.
        var defaultCallingCode: String? = "1"

        /// A country calling code.
        static let callingCode = ConfigurationForm<String>.text(
            "calling code", accepted: "1 to 3 digits, the first not 0", octets: 1...3
        ) {
            Digits.number($0) != nil && !$0.hasPrefix("0")
        }

        static let keys = [
            ConfigurationKey(
                "phone", "default_calling_code", \.phone.defaultCallingCode, .optional(callingCode),
                #"for numbers without "+"; empty accepts none such"#)
        ]
    }
}
