import type { Client, ClientDirectory } from './parts.js'

const form = /^[0-9a-f]{24}-[0-9a-z]{8}$/

/** The client behind an id, its key not expired. What has not even the form of an id is not looked up. */
export const liveClient = async (apps: ClientDirectory, clientId: string | undefined, now: Date): Promise<Client | undefined> => {
  const client = clientId !== undefined && form.test(clientId) ? await apps.keyByClientId(clientId) : undefined
  const expiresAt = client?.key.expiresAt
  return expiresAt && expiresAt.getTime() <= now.getTime() ? undefined : client
}

/** The app whose client id was probably meant, so that its developer learns of the mistake. */
export const appMeant = async (apps: ClientDirectory, clientId: string | undefined) => {
  const appId = /^[0-9a-f]{24}/.exec(clientId ?? '')?.[0]
  return appId === undefined ? undefined : apps.app(appId)
}
