import { problem, type Reply, unprocessable } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { writeAudit } from '../../audit.js'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import type { Person } from '../../http/principal.js'
import { asksLoopback } from '../../loopback.js'
import type { Services } from '../../services.js'
import { isSetUpCode } from '../../set-up-code.js'
import type { Identity } from '../identity.js'
import { setCookie } from '../sessions/cookie.js'
import { sessionLifeSeconds } from '../sessions/sessions.js'
import { accountsOf } from './accounts.sql.js'
import { createSignInLimits, type SignInLimits } from './sign-in-limits.js'

type SessionReply = Reply<typeof api.account.session.get>

/** One person of the demo world, for the local sign-in page. */
export type DemoPerson = SessionReply['people'][number]

type Part = Pick<Services, 'secret'> & { readonly config: Pick<Services['config'], 'production'> }

const wrong = () => problem(401, 'E-mail or password is wrong.')
const ownerThere = () => problem(400, 'The owner has been created already: sign in instead.')
const notSetUp = () =>
  problem(403, 'The set-up code is missing or wrong: the server printed it when it started, with the address of this page.')
const taken = () => unprocessable(['email is already taken: sign in, or use another address'])

const accountOf = ({ accountId, email, name, places }: Person): NonNullable<SessionReply['account']> => ({
  id: accountId,
  email,
  name,
  places: places.map(({ kind, id, name, role, companyId }) => ({
    kind,
    id,
    name,
    role,
    ...(companyId === undefined ? {} : { companyId }),
  })),
})

const isEmailTaken = (error: unknown) => (error as { constraint?: unknown }).constraint === 'accounts_email_key'

/** Whatever a new account needs beside it is written in the same transaction, or there is no account at all. */
const create = async <T>(context: Context, act: (db: Context['db']) => Promise<T>): Promise<T> => {
  try {
    return await context.pool.transaction().execute(act)
  } catch (error) {
    throw isEmailTaken(error) ? taken() : error
  }
}

/** What every reply of this room needs: who is asked for, and how a browser is told. */
const createDesk = (services: Part, identity: Identity, demoPeople: () => Promise<readonly DemoPerson[]>) => {
  const local = !services.config.production
  const cookie = ({ call }: Context, token: string, maxAgeSeconds: number) =>
    void call.reply.header('set-cookie', setCookie(identity.cookieName, token, maxAgeSeconds))
  const replyFor = async ({ call }: Context, person: Person | undefined): Promise<SessionReply> => ({
    account: person ? accountOf(person) : null,
    local,
    firstRun: !(await identity.ownerExists()),
    people: local && asksLoopback(call.request) ? [...(await demoPeople())] : [],
  })
  const signedIn = async (context: Context, token: string) => {
    cookie(context, token, sessionLifeSeconds)
    return replyFor(context, await identity.accountOf(token, context.now))
  }
  return { cookie, replyFor, signedIn }
}

type Desk = ReturnType<typeof createDesk>

const sessionHandlers = (identity: Identity, desk: Desk, limits: SignInLimits) =>
  implement(
    api.account.session,
    (context) => ({ context }),
    {
      get: async (_, { context }) => {
        const { person, request } = context.call
        const token = identity.sessionToken(request)
        if (person && token) desk.cookie(context, token, sessionLifeSeconds)
        return desk.replyFor(context, person)
      },
      signIn: async ({ body }, { context }) => {
        const { call, pool, now } = context
        const settle = limits.begin(body.email, call.request.ip)
        const account = await accountsOf(pool).byEmail(body.email)
        const right = await identity.passwords.verify(account?.passwordHash, body.password).catch((error) => {
          settle('undecided')
          throw error
        })
        settle(right ? 'right' : 'wrong')
        if (!account || !right) throw wrong()
        const token = await identity.sessions.open(pool, account.id, now, identity.sessionToken(call.request))
        return desk.signedIn(context, token)
      },
      signOut: async (_, { context }) => {
        const token = identity.sessionToken(context.call.request)
        if (token) await identity.sessions.close(context.pool, token)
        desk.cookie(context, '', 0)
        return { succeeded: true }
      },
    },
    { ownTransaction: ['signIn', 'signOut'] },
  )

const nameParts = (name: string) => {
  const [firstName = '', ...rest] = name.trim().split(/\s+/)
  return { firstName, lastName: rest.join(' ') }
}

interface FirstRun {
  readonly name: string
  readonly email: string
  readonly passwordHash: string
  readonly companyName: string
  readonly locationName: string
}

/** Owner, agency, first sub-account, and a developer team, so that every screen is theirs. */
const foundAgency = async (
  db: Context['db'],
  identity: Identity,
  { companyName, locationName, ...person }: FirstRun,
  now: Date,
) => {
  const accountId = await identity.createAccount(db, person, now)
  const companyId = await identity.createCompany(db, { name: companyName, email: person.email }, now)
  await identity.createLocation(db, { companyId, name: locationName, email: person.email }, now)
  const user = {
    companyId,
    accountId,
    email: person.email,
    type: 'agency',
    role: 'admin',
    isOwner: true,
    ...nameParts(person.name),
  } as const
  await identity.createUser(db, user, now)
  await identity.createDeveloper(db, companyName, accountId, now)
  return { accountId, companyId }
}

const accountsHandlers = ({ config, secret }: Part, identity: Identity, desk: Desk, limits: SignInLimits) => {
  const audit = (
    db: Context['db'],
    { call, now, traceId }: Context,
    act: string,
    about: { accountId: string; companyId?: string },
  ) => writeAudit(db, { at: now, act, traceId, ip: call.request.ip, ...about })
  const before = ({ call }: Context) => identity.sessionToken(call.request)
  return implement(
    api.account.accounts,
    (context) => ({ context }),
    {
      signUp: async ({ body: { password, ...body } }, { context }) => {
        const settle = limits.visit(context.call.request.ip)
        const passwordHash = await identity.passwords.hash(password)
        const token = await create(context, async (db) => {
          const accountId = await identity.createAccount(db, { ...body, passwordHash }, context.now)
          settle('undecided')
          await identity.createDeveloper(db, body.name, accountId, context.now)
          await audit(db, context, 'account.sign-up', { accountId })
          return identity.sessions.open(db, accountId, context.now, before(context))
        })
        return desk.signedIn(context, token)
      },
      firstRun: async ({ body: { password, setUpCode, ...body } }, { context }) => {
        // Before the password is hashed: whoever asks again and again must not keep others from signing in.
        if (await identity.ownerExists()) throw ownerThere()
        if (config.production && !isSetUpCode(secret, setUpCode)) throw notSetUp()
        const passwordHash = await identity.passwords.hash(password)
        const token = await create(context, async (db) => {
          await accountsOf(db).lockFirstRun()
          if (await accountsOf(db).ownerExists()) throw ownerThere()
          const about = await foundAgency(db, identity, { ...body, passwordHash }, context.now)
          await audit(db, context, 'account.first-run', about)
          return identity.sessions.open(db, about.accountId, context.now, before(context))
        })
        return desk.signedIn(context, token)
      },
    },
    { ownTransaction: ['signUp', 'firstRun'] },
  )
}

/** Sign-in, sign-up, sign-out and the first run; `demoPeople` are listed to browsers on this machine. */
export const accountModule = (
  services: Part,
  identity: Identity,
  demoPeople: () => Promise<readonly DemoPerson[]> = async () => [],
  limits: SignInLimits = createSignInLimits(),
): readonly Implementation[] => {
  const desk = createDesk(services, identity, demoPeople)
  return [...sessionHandlers(identity, desk, limits), ...accountsHandlers(services, identity, desk, limits)]
}
