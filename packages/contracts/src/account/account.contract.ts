import { apiModule, DELETE, GET, POST, t } from '@groundlevel/contract-kit'

const account = apiModule({
  name: 'account',
  auth: 'none',
  because: 'the portal’s own sign-in; the session cookie says who it is',
})

export const Role = t.Enum(['developer', 'agency-owner', 'agency-admin', 'location-admin', 'location-user'])

/** One thing a person may act as; the frame's switcher lists them. */
export const Place = t.Object({
  kind: t.Enum(['developer', 'agency', 'location']),
  /** Developer id, company id or location id. */
  id: t.String(),
  name: t.String(),
  role: Role,
  companyId: t.Optional(t.String()),
})

export const Account = t.Object({ id: t.String(), email: t.String(), name: t.String(), places: t.Array(Place) })

/** Local start only: the demo people, so that nobody has to look a password up. */
const DemoPerson = t.Object({ email: t.String(), password: t.String(), name: t.String(), role: Role })

const Session = t.Object({
  account: t.Nullable(Account),
  /** True on a local start: lab routes and demo people exist. */
  local: t.Boolean(),
  /** Nobody exists yet: the first-run page creates the owner. */
  firstRun: t.Boolean(),
  people: t.Array(DemoPerson),
})

const Credentials = { email: t.Email({ maxLength: 320 }), password: t.String({ minLength: 1, maxLength: 1024 }) }
const NewPassword = t.String({ minLength: 8, maxLength: 1024 })

export const session = account.resource('session', '/_ground/session', {
  get: GET('', { id: 'session-get', summary: 'Who is signed in', reply: Session }),
  signIn: POST('', { id: 'session-sign-in', summary: 'Sign in', body: t.Object(Credentials), status: 201, reply: Session }),
  signOut: DELETE('', { id: 'session-sign-out', summary: 'Sign out', reply: t.Object({ succeeded: t.Boolean() }) }),
})

export const accounts = account.resource('accounts', '/_ground/accounts', {
  signUp: POST('', {
    id: 'account-sign-up',
    summary: 'Sign up as a developer',
    body: t.Object({ name: t.String({ minLength: 1, maxLength: 200 }), email: Credentials.email, password: NewPassword }),
    status: 201,
    reply: Session,
  }),
  firstRun: POST('/first-run', {
    id: 'account-first-run',
    summary: 'Create the owner, their agency and its first sub-account; once only',
    body: t.Object({
      name: t.String({ minLength: 1, maxLength: 200 }),
      email: Credentials.email,
      password: NewPassword,
      companyName: t.String({ minLength: 1, maxLength: 200 }),
      locationName: t.String({ minLength: 1, maxLength: 200 }),
      /** Asked for in production: what the server printed when it started. */
      setUpCode: t.Optional(t.String({ maxLength: 100 })),
    }),
    status: 201,
    reply: Session,
  }),
})
