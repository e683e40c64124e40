import { ApiError } from '@groundlevel/app-kit'
import { Failure } from './failure.js'
import type { Session } from './session.js'

/** For whom the app is installed. Without `companyId` it is a sub-account's own install. */
export interface Choice {
  readonly companyId?: string
  readonly locationIds: readonly string[]
  readonly all: boolean
  readonly future: boolean
}

const entities: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
}

/** The content of a meta tag of our own pages, '' where it is absent or empty. */
export const metaOf = (html: string, name: string): string => {
  const tag =
    (html.match(/<meta\b[^>]*>/gi) ?? []).find((text) => new RegExp(`\\bname=["']?${name}["'\\s/>]`, 'i').test(text)) ?? ''
  const [, , content = ''] = /\bcontent=(["'])(.*?)\1/is.exec(tag) ?? []
  return content.replace(/&(?:quot|#34|#39|amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
}

const refusalOf = (text: string): string => {
  try {
    const { title = '', detail = '' } = JSON.parse(text) as { title?: string; detail?: string }
    return [title, detail].filter(Boolean).join(': ')
  } catch {
    return text
  }
}

const isMissing = (error: unknown) => error instanceof ApiError && [400, 404].includes(error.status)

/** The address that starts the install, as the store page links it, with the wanted key. */
const startOf = async (session: Session, clientId: string): Promise<string> => {
  const appId = clientId.split('-')[0] ?? ''
  const { app } = await session.client.store.listings.get({ appId }).catch((cause) => {
    throw isMissing(cause)
      ? new Failure(`There is no app with the client id ${clientId}: look at its keys in My Apps.`, 1, { cause })
      : cause
  })
  if (app.installUrl === null)
    throw new Failure(`${app.name} cannot be installed yet: it needs a redirect URL and a client key, both in My Apps.`)
  const url = new URL(app.installUrl, 'http://server.invalid')
  url.searchParams.set('client_id', clientId)
  return url.pathname + url.search
}

const beginInteraction = async (session: Session, clientId: string): Promise<string> => {
  const response = await session.page(await startOf(session, clientId))
  const html = await response.text()
  const refusal = metaOf(html, 'authorize-error')
  const id = metaOf(html, 'interaction')
  if (id !== '' && refusal === '') return id
  throw new Failure(
    refusal ? `The consent page says: ${refusalOf(refusal)}` : `The consent page answered ${response.status} and began nothing.`,
  )
}

/**
 * Installs an app the way a browser does: the consent page, its question, the decision *Allow*.
 *
 * @returns where the browser would land, with the code in it, and the `traceId` of the decision.
 * @throws Failure when the person may not, or the server refuses the choice.
 */
export const consent = async (session: Session, clientId: string, choice: Choice) => {
  const interactionId = await beginInteraction(session, clientId)
  const { interaction } = await session.client.consent.interactions.get({ interactionId })
  if (interaction === null) throw new Failure('The consent page does not know who is signed in.')
  if (interaction.refusal !== '') throw new Failure(interaction.refusal)
  const { locationIds, ...rest } = choice
  const body = { csrf: interaction.csrf, action: 'allow' as const, locationIds: [...locationIds], ...rest }
  const { redirectTo, traceId = '' } = await session.client.consent.interactions.decide({ interactionId, body })
  const query = new URL(redirectTo).searchParams
  const code = query.get('code')
  if (code === null)
    throw new Failure(`The consent ended without a code: ${query.get('error_description') ?? query.get('error') ?? redirectTo}.`)
  return { code, redirectUrl: redirectTo, traceId }
}
