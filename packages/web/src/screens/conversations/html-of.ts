const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Lines that somebody typed, as an e-mail shows them; what is HTML already stays so. */
export const htmlOf = (text: string): string =>
  /<[a-z][^>]*>/i.test(text)
    ? text
    : text
        .split(/\n{2,}/)
        .map((block) => `<p>${block.replace(/[&<>]/g, (letter) => escapes[letter] ?? '').replaceAll('\n', '<br>')}</p>`)
        .join('')
