/// The basic Latin letters nearest to a text.
enum Latin {
    private static let plain: [Character: String] = {
        let table = [
            "a": "àáâãåāăą", "ae": "äæ", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ",
            "i": "ìíîïĩīĭįı", "j": "ĵ", "k": "ķ", "l": "ĺļľł", "n": "ñńņňŋ", "o": "òóôõøōŏő", "oe": "öœ",
            "r": "ŕŗř", "s": "śŝşšș", "ss": "ß", "t": "ţťŧț", "th": "þ", "u": "ùúûũūŭůűų", "ue": "ü", "w": "ŵ",
            "y": "ýÿŷ", "z": "źżž",
        ]
        return table.reduce(into: [:]) { map, entry in
            for letter in entry.value { map[letter] = entry.key }
        }
    }()

    /// How much of a text is read, in Unicode scalars: looking up a letter takes the square of the number of its accents.
    private static let longest = 128

    /// Lower-case `a` to `z` and digits of the beginning of `text`, accented letters spelt without their accents, the rest
    /// left out.
    static func letters(of text: String) -> String {
        String(text.unicodeScalars.prefix(longest)).lowercased().reduce(into: "") { letters, character in
            if character.isASCII, character.isLetter || character.isNumber {
                letters.append(character)
            } else if let spelling = plain[character] {
                letters += spelling
            }
        }
    }
}
