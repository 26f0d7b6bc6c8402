extension MessageForms {
    /// French.
    static let french: [MessageKind: String] = [
        .code: """
        Subject: {{code}} : votre code {{site}}
        Text: {{code}} est votre code {{site}}, valable {{minutes}} min. Ne le donnez à personne.

        Votre code pour {{site}} :

        {{code}}

        Il est valable {{minutes}} minutes. Ne le donnez à personne. Si vous ne l’avez pas demandé, vous n’avez \
        rien à faire.
        """,
        .passwordReset: """
        Subject: {{code}} : votre code {{site}} pour un nouveau mot de passe
        Text: {{code}} est votre code {{site}} pour un nouveau mot de passe, valable {{minutes}} min. Ne le \
        donnez à personne.

        Votre code pour choisir un nouveau mot de passe sur {{site}} :

        {{code}}

        Il est valable {{minutes}} minutes. Ne le donnez à personne. Si vous ne l’avez pas demandé, ne faites \
        rien : votre mot de passe reste inchangé.
        """,
        .resetLink: """
        Subject: Un nouveau mot de passe pour {{site}}
        Text: Choisissez un nouveau mot de passe pour {{site}} : {{link}}

        Choisissez un nouveau mot de passe pour {{site}} ici :

        {{link}}

        Le lien ne sert qu’une fois, pendant {{minutes}} minutes. Si vous ne l’avez pas demandé, ne faites rien \
        : votre mot de passe reste inchangé.
        """,
    ]
}
