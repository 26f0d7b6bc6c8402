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
        .passwordChanged: """
        Subject: 您的 {{site}} 密码已更改
        Text: 您的 {{site}} 密码已更改。如果不是您本人操作，请立即设置新密码。

        您的 {{site}} 账户密码已于 {{time}} 更改，来源：{{client}}。

        如果是您本人操作，则无需理会。如果不是，请立即设置新密码：届时所有已登录的设备都会退出。
        """,
        .newDevice: """
        Subject: 有人登录了您的 {{site}} 账户
        Text: {{site}}：有新设备登录。不是您？{{link}}

        有人在一台以前未登录过的设备上登录了您的 {{site}} 账户：{{time}}，来源：{{client}}。

        如果是您本人，则无需理会。如果不是，请在此处让该设备退出登录，并设置新密码：

        {{link}}

        该链接只能使用一次，{{days}} 天内有效。
        """,
        .registrationAttempted: """
        Subject: 您已经有 {{site}} 账户
        Text: 有人试图用您的地址注册 {{site}}，而该地址已有账户。如果是您本人，请直接登录。

        有人于 {{time}} 从 {{client}} 试图用此地址注册 {{site}}。该地址已有账户。

        如果是您本人，请直接登录；如果忘记了密码，请申请新密码。如果不是，则无需理会。
        """,
    ]
}
