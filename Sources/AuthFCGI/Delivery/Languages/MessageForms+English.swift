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
    ]
}
