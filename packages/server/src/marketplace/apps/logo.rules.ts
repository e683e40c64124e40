const maxBytes = 512 * 1024

const dataUrl = /^data:image\/(png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/

const begins: Readonly<Record<string, (bytes: Buffer) => boolean>> = {
  png: (bytes) => bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n',
  jpeg: (bytes) => bytes.subarray(0, 3).toString('hex') === 'ffd8ff',
  webp: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
}

/** Why a logo cannot be taken, '' where it can. No SVG: it may carry scripts. */
export const logoFault = (logo: string): string => {
  if (logo === '') return ''
  const [, type = '', text = ''] = dataUrl.exec(logo) ?? []
  if (type === '') return 'must be a PNG, JPEG or WebP image as data:image/…;base64,…'
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length > maxBytes) return 'must be 512 KB at most'
  return begins[type]?.(bytes) ? '' : `is not the ${type.toUpperCase()} image that it says`
}
