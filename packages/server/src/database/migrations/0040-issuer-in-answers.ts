import type { Migration } from '../migrate.js'

/** An authorization that has come by discovery is answered with `iss`, one that has come HighLevel's way is not (decision 0053). */
export const issuerInAnswers: Migration = {
  id: '0040-issuer-in-answers',
  sql: `alter table interactions add "namesIssuer" boolean not null default false`,
}
