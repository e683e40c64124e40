import { forbidden, found, missing } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { writeAudit } from '../../audit.js'
import type { Db } from '../../database/wire.js'
import { type Context, type Implementation, implement } from '../../http/implement.js'
import { seatIn } from '../../http/seats.rules.js'
import { changeCompany, companyProfile, type Identity, locationsOf } from '../../identity/index.js'
import { relationshipNumber } from '../../marketplace/index.js'
import { changeOf } from './profile.rules.js'

/** What holds of every agency of an installation of one's own: nothing is resold, nothing is on trial. */
const plain = {
  customerType: 'agency',
  status: 'active',
  twilioTrialMode: false,
  twilioFreeCredits: 0,
  isReselling: false,
  enableDepreciatedFeatures: false,
  premiumUpgraded: false,
  disableEmailService: false,
  isEnterpriseAccount: false,
  enableNewSubAccountDefaultData: false,
} as const

interface CompanyParts {
  /** A local start is a sandbox. */
  readonly sandbox: boolean
  readonly identity: Pick<Identity, 'forgetCompany' | 'sessions'>
}

const decides: readonly string[] = ['agency-owner', 'agency-admin']

/** Only who runs the agency says what it is called; of others it is not even there. */
const demandSeat = ({ person }: Pick<Context, 'person'>, companyId: string) => {
  const seat = seatIn(person, { kind: 'agency', id: companyId }, companyId)
  if (!seat) throw missing('Agency')
  if (!decides.includes(seat.role)) throw forbidden('Only an owner or admin of the agency can change its profile.')
  return seat
}

/** The agency's profile: as the CRM's API shows it, and as its people change it. */
export const companiesModule = ({ sandbox, identity }: CompanyParts): readonly Implementation[] => {
  const shown = async (db: Db, companyId: string) => {
    const { id, name, profile, ...said } = found(await companyProfile(db, companyId), 'Company')
    const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null))
    const locationCount = await locationsOf(db, companyId).count()
    const ours = { relationshipNumber: relationshipNumber(companyId), locationCount, isSandboxAccount: sandbox }
    return { company: { ...plain, ...profile, ...known, ...ours, id, name } }
  }

  return [
    ...implement(api.companies.company, () => ({}), { get: ({ companyId }, { db }) => shown(db, companyId) }),

    ...implement(api.companies.profile, () => ({}), {
      update: async ({ companyId, body }, context) => {
        const { db, now, traceId, person, call, afterCommit } = context
        const { userId } = demandSeat(context, companyId)
        const before = await companyProfile(db, companyId)
        await changeCompany(db, companyId, changeOf(body, before?.country))
        await writeAudit(db, {
          ...{ at: now, act: 'company.update', companyId, accountId: person.accountId, traceId, ip: call.request.ip },
          detail: { fields: Object.keys(body), by: userId ?? null },
        })
        afterCommit(() => {
          identity.forgetCompany(companyId)
          // Their places carry its name.
          identity.sessions.forgetEverybody()
        })
        return shown(db, companyId)
      },
    }),
  ]
}
