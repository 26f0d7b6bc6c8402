import Testing

@testable import AuthFCGI

/// What a log may have of a person's address.
struct LoggingMaskingTests {
    @Test(arguments: [
        ("alice@example.com", "a***@e***.com"), ("a@b.c", "a***@b***.c"), ("bob@mail.example.co.uk", "b***@m***.uk"),
        ("", "***"), ("alice", "***"), ("@example.com", "***"), ("a@", "***"), ("a@b", "***"), ("a@.com", "***"),
        ("a@b@c.d", "***"), ("é@ü.de", "é***@ü***.de"),
    ])
    func `a mail address shows its first letters and its last label`(address: String, masked: String) {
        #expect(Masking.email(address) == masked)
    }

    @Test(arguments: [
        ("+33612345678", "+33*****78"), ("+12025550123", "+12*****23"), ("+1234567", "***"), ("", "***"), ("+", "***"),
        ("06 12 34 56 78", "06 *****78"),
    ])
    func `a phone number shows three signs and two`(number: String, masked: String) {
        #expect(Masking.phone(number) == masked)
    }

    @Test(arguments: [
        ("alice@example.com", "a***@e***.com"), ("+33612345678", "+33*****78"), ("alice", "a***"), ("al", "***"),
        ("", "***"), ("0612345678", "061*****78"),
    ])
    func `what a person typed is masked as what it is`(text: String, masked: String) {
        #expect(Masking.identifier(text) == masked)
    }
}
