import Testing

@testable import AuthFCGI

@Suite struct TemplateTests {
    @Test(
        arguments: [
            ("", ""), ("plain", "plain"), ("{{a}}", "1"), ("x{{a}}y{{b}}z{{a}}", "x1y{{a}}z1"), ("{{none}}!", "!"),
            ("{{a", "{{a"),
            ("a}}", "a}}"), ("{{}}", ""), ("{{ a }}", ""), ("{{{a}}}", "}"), ("é{{a}}é", "é1é"),
        ])
    func `places are filled with values, once`(text: String, filled: String) {
        #expect(Template(text).filled(with: ["a": "1", "b": "{{a}}"]) == filled)
    }
}
