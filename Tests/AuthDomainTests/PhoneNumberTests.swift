import Testing

@testable import AuthDomain

@Suite struct PhoneNumberTests {
    @Test(
        arguments: [
            ("+33612345678", "+33612345678"), ("+33 6.12-34 (56)78", "+33612345678"), ("0033612345678", "+33612345678"),
            ("+12345678", "+12345678"), ("+123456789012345", "+123456789012345"),
        ])
    func `a number is compared by its digits`(typed: String, key: String) {
        let number = PhoneNumber(typed)
        #expect(number?.key == key)
        #expect(number?.typed == typed)
    }

    @Test(
        arguments: [
            "", "+", "612345678", "+1234567", "+1234567890123456", "+0123456789", "++33612345678", "+33a12345678",
            "+３３６１２３４５６７８", "+33612345678\n", "+33612345678\0", "tel:+33612345678", "00", "+3361234567٨",
        ])
    func `what is no number is refused`(text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test func `a number without a plus gets the calling code, where one is configured`() {
        #expect(PhoneNumber("(234) 567-8901", callingCode: "1")?.key == "+12345678901")
        #expect(PhoneNumber("2345678901") == nil)
    }
}
