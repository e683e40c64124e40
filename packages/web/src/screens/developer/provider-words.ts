import type { Reply } from '@groundlevel/contract-kit'
import type { conversations } from '@groundlevel/contracts'

export type AppProvider = Reply<typeof conversations.appProviders.list>['conversationProviders'][number]
export type ProviderType = AppProvider['type']

export const providerTypes: Readonly<Record<ProviderType, string>> = { SMS: 'SMS', Email: 'Email', Call: 'Call' }

/** What the form edits; a type is chosen once. */
export const draftOf = (provider?: AppProvider) => ({
  name: provider?.name ?? '',
  type: provider?.type ?? ('SMS' as ProviderType),
  deliveryUrl: provider?.deliveryUrl ?? '',
  custom: provider?.custom ?? false,
  alwaysShow: provider?.alwaysShow ?? false,
  alias: provider?.alias ?? '',
  logo: provider?.logo ?? '',
})

export type ProviderDraft = ReturnType<typeof draftOf>

/** Of a provider that is no custom one, what only those have is not sent. */
export const bodyOf = ({ name, type, deliveryUrl, custom, alwaysShow, alias, logo }: ProviderDraft) => {
  const isShown = custom && type !== 'Call'
  return {
    name: name.trim(),
    deliveryUrl: deliveryUrl.trim(),
    custom: custom && type !== 'Call',
    alwaysShow: isShown && alwaysShow,
    alias: isShown ? alias.trim() : '',
    logo: isShown ? logo : '',
  }
}

/** Where a sub-account meets the provider. */
export const purposeOf = ({ type, custom }: Pick<ProviderDraft, 'type' | 'custom'>): string => {
  if (type === 'Call') return 'Logs calls that were made elsewhere; nothing is posted to it.'
  if (!custom) return `Sub-accounts choose it under Settings › Sending for all their ${type === 'SMS' ? 'texts' : 'mails'}.`
  return 'Beside the way that the sub-account has chosen: picked for a message, never for all of them.'
}

/** Without it an app hears of no message. */
export const neededScope = 'conversations/message.write'
