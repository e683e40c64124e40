import type { Reply } from '@groundlevel/contract-kit'
import type { locations } from '@groundlevel/contracts'

export type Template = Reply<typeof locations.templates.get>['template']
export type TemplateType = Template['type']

export const typeNames: Readonly<Record<TemplateType, string>> = { sms: 'SMS', email: 'E-mail', whatsapp: 'WhatsApp' }

const gsm = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/
const twice = /[\^{}\\[~\]|€]/g

/** How many messages an SMS is sent as: 160 characters of the GSM alphabet or 70 of any other, less where it is split. */
export const segmentsOf = (text: string): { readonly characters: number; readonly segments: number } => {
  const plain = gsm.test(text)
  const characters = plain ? text.length + (text.match(twice)?.length ?? 0) : text.length
  const [whole, part] = plain ? [160, 153] : [70, 67]
  return { characters, segments: characters === 0 ? 0 : characters <= whole ? 1 : Math.ceil(characters / part) }
}
