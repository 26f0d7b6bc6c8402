extension MessageForms {
    /// English.
    static let english: [MessageKind: String] = [
        .code: """
        Subject: {{code}} is your {{site}} code
        Text: {{code}} is your {{site}} code. It is valid for {{minutes}} min. Give it to nobody.

        Your code for {{site}}:

        {{code}}

        It is valid for {{minutes}} minutes. Give it to nobody. If you did not ask for it, you need not do \
        anything.
        """,
        .passwordReset: """
        Subject: {{code}} is your {{site}} code for a new password
        Text: {{code}} is your {{site}} code for a new password. It is valid for {{minutes}} min. Give it to \
        nobody.

        Your code to set a new password for {{site}}:

        {{code}}

        It is valid for {{minutes}} minutes. Give it to nobody. If you did not ask for it, do nothing: your \
        password stays as it is.
        """,
        .resetLink: """
        Subject: A new password for {{site}}
        Text: Set a new password for {{site}}: {{link}}

        Set a new password for {{site}} here:

        {{link}}

        The link works once, for {{minutes}} minutes. If you did not ask for it, do nothing: your password \
        stays as it is.
        """,
        .passwordChanged: """
        Subject: Your {{site}} password was changed
        Text: Your {{site}} password was changed. If it was not you, set a new one at once.

        The password of your account with {{site}} was changed at {{time}}, from {{client}}.

        If it was you, you need not do anything. If it was not, set a new password at once: all who are \
        logged in are logged out then.
        """,
        .newDevice: """
        Subject: Somebody logged in to {{site}}
        Text: {{site}}: login from a new device. Not you? {{link}}

        Somebody logged in to your account with {{site}} from a device that was not logged in before: at \
        {{time}}, from {{client}}.

        If it was you, you need not do anything. If it was not, log that device out here, and set a new \
        password:

        {{link}}

        The link works once, for {{days}} days.
        """,
        .registrationAttempted: """
        Subject: You have an account with {{site}} already
        Text: Somebody tried to sign up with {{site}} and your address, which has an account. If it was \
        you, log in.

        Somebody tried to sign up with {{site}} and this address at {{time}}, from {{client}}. It has an \
        account already.

        If it was you, log in instead; if you forgot your password, ask for a new one. If it was not, you \
        need not do anything.
        """,
    ]
}
