import type { APIRequestContext, Page } from '@playwright/test'
import { expect } from '@playwright/test'

export interface Demo {
  readonly company: { readonly id: string; readonly name: string }
  readonly locations: readonly { readonly id: string; readonly name: string }[]
  readonly users: readonly { readonly email: string; readonly password: string; readonly role: string }[]
  readonly apps: readonly {
    readonly id: string
    readonly name: string
    readonly clientId: string
    readonly clientSecret: string
  }[]
  readonly tokens: { readonly agency: string; readonly location: string }
}

export const demoWorld = async (request: APIRequestContext): Promise<Demo> => (await request.get('/_ground/lab/demo')).json()

/** Signs in by the click that a local start offers. */
export const signInAs = async (page: Page, demo: Demo, role: string): Promise<void> => {
  const person = demo.users.find((each) => each.role === role)
  await page.goto('/portal/sign-in')
  await page.getByRole('button', { name: new RegExp(person?.email ?? role) }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

/** A second browser of its own: another person at another desk. */
export const anotherDesk = async (page: Page): Promise<Page> => {
  const context = await page
    .context()
    .browser()
    ?.newContext({ baseURL: new URL(page.url()).origin })
  if (!context) throw new Error('no second browser')
  return context.newPage()
}
