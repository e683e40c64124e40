import { t } from '@groundlevel/contract-kit'

/** What an app brings along when it is added: a snapshot, by the names of what it holds. */
export const BroughtSnapshot = t.Object({
  name: t.String(),
  /** The agency that shares it. */
  sharedBy: t.String(),
  kinds: t.Array(
    t.Object({
      kind: t.String(),
      count: t.Integer(),
      /** The first of them. */
      names: t.Array(t.String()),
    }),
  ),
})
