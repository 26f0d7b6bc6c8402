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
        .passwordChanged: """
        Subject: Votre mot de passe {{site}} a été modifié
        Text: Votre mot de passe {{site}} a été modifié. Si ce n’était pas vous, choisissez-en un nouveau \
        tout de suite.

        Le mot de passe de votre compte {{site}} a été modifié le {{time}}, depuis {{client}}.

        Si c’était vous, vous n’avez rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe \
        : toutes les personnes connectées seront alors déconnectées.
        """,
        .newDevice: """
        Subject: Connexion à {{site}}
        Text: {{site}} : connexion depuis un nouvel appareil. Pas vous ? {{link}}

        Quelqu’un s’est connecté à votre compte {{site}} depuis un appareil qui ne l’avait pas encore fait \
        : le {{time}}, depuis {{client}}.

        Si c’était vous, vous n’avez rien à faire. Sinon, déconnectez cet appareil ici et choisissez un \
        nouveau mot de passe :

        {{link}}

        Le lien fonctionne une seule fois, pendant {{days}} jours.
        """,
        .registrationAttempted: """
        Subject: Vous avez déjà un compte {{site}}
        Text: Quelqu’un a voulu s’inscrire à {{site}} avec votre adresse, qui a déjà un compte. Si c’était \
        vous, connectez-vous.

        Quelqu’un a voulu s’inscrire à {{site}} avec cette adresse le {{time}}, depuis {{client}}. Elle a \
        déjà un compte.

        Si c’était vous, connectez-vous ; si vous avez oublié votre mot de passe, demandez-en un nouveau. \
        Sinon, vous n’avez rien à faire.
        """,
    ]
}
