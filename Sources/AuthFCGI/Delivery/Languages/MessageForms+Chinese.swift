extension MessageForms {
    /// Chinese.
    static let chinese: [MessageKind: String] = [
        .code: """
        Subject: {{code}} 是您的 {{site}} 验证码
        Text: {{code}} 是您的 {{site}} 验证码，{{minutes}} 分钟内有效。请勿告诉任何人。

        您的 {{site}} 验证码：

        {{code}}

        {{minutes}} 分钟内有效。请勿告诉任何人。如果您没有请求此验证码，则无需进行任何操作。
        """,
        .passwordReset: """
        Subject: {{code}} 是您用于重设 {{site}} 密码的验证码
        Text: {{code}} 是您用于重设 {{site}} 密码的验证码，{{minutes}} 分钟内有效。请勿告诉任何人。

        您用于重设 {{site}} 密码的验证码：

        {{code}}

        {{minutes}} 分钟内有效。请勿告诉任何人。如果您没有请求此验证码，请忽略本邮件：您的密码不会改变。
        """,
        .resetLink: """
        Subject: 重设 {{site}} 密码
        Text: 重设 {{site}} 密码：{{link}}

        请在此重设 {{site}} 密码：

        {{link}}

        此链接仅可使用一次，{{minutes}} 分钟内有效。如果您没有请求此链接，请忽略本邮件：您的密码不会改变。
        """,
    ]
}
