import { contacts as contract } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { addTagsTo, removeTagsFrom, workOf } from './acts.js'

export const tagHandlers = () =>
  implement(contract.tags, () => ({}), {
    add: ({ contactId, body }, context) => addTagsTo(workOf(context), contactId, body.tags),
    remove: ({ contactId, body }, context) => removeTagsFrom(workOf(context), contactId, body.tags),
  })
