const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as HTML shows it, in attributes too. */
export const safeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] as string)
