import { unprocessable } from '@groundlevel/contract-kit'
import { headerFaults } from '../../sent-headers.js'
import { webhookUrlFault } from '../apps/addresses.rules.js'

/** A field of an action or a filter of a trigger, as the app has defined it. */
export interface Field {
  readonly key: string
  readonly label: string
  readonly type: string
  readonly required?: boolean
  readonly options?: readonly { readonly label: string; readonly value: string }[]
  readonly url?: string
}

interface Written {
  readonly key?: string
  readonly name?: string
  readonly subscriptionUrl?: string
  readonly url?: string
  readonly headers?: Readonly<Record<string, unknown>>
  readonly fields?: readonly Field[]
  readonly filters?: readonly Field[]
  readonly branchFields?: readonly Field[]
  readonly sample?: object
}

const keyForm = /^[A-Za-z]\w{0,63}$/
const chosen: ReadonlySet<string> = new Set(['select', 'multiselect', 'radio'])
const mostBytes = 50_000

const fieldFaults = (fields: readonly Field[], list: string, production: boolean): string[] => {
  const keys = fields.map(({ key }) => key)
  const each = fields.flatMap(({ key, type, url = '', options = [] }, at) => {
    const here = `${list}.${at}`
    const fault = url && webhookUrlFault(url, production)
    return [
      ...(keyForm.test(key) ? [] : [`${here}.key must begin with a letter and have letters, digits and _ alone`]),
      ...(keys.indexOf(key) < at ? [`${here}.key is there already: ${key}`] : []),
      ...(fault ? [`${here}.url ${fault}`] : []),
      ...(chosen.has(type) && options.length === 0 && !url ? [`${here}.options should not be empty, or give a url to ask`] : []),
      ...(type === 'dynamic' && !url ? [`${here}.url should not be empty: it says which fields there are`] : []),
    ]
  })
  const dynamic = fields.filter(({ type }) => type === 'dynamic').length
  return [...each, ...(dynamic > 1 ? [`${list} must contain no more than 1 dynamic field`] : [])]
}

const addressFaults = (name: 'url' | 'subscriptionUrl', address: string | undefined, production: boolean): string[] => {
  if (address === undefined || (name === 'subscriptionUrl' && address === '')) return []
  const fault = webhookUrlFault(address, production)
  return fault ? [`${name} ${fault}`] : []
}

/** @throws WireError 422 with everything that is wrong with a trigger or an action that an app defines */
export const demandSound = (written: Written, production: boolean): void => {
  const { key, name, headers = {}, sample = {} } = written
  const lists = ['fields', 'filters', 'branchFields'] as const
  const faults = [
    ...(key === undefined || keyForm.test(key) ? [] : ['key must begin with a letter and have letters, digits and _ alone']),
    ...(name === undefined || name.trim() !== '' ? [] : ['name should not be empty']),
    ...addressFaults('url', written.url, production),
    ...addressFaults('subscriptionUrl', written.subscriptionUrl, production),
    ...headerFaults(headers, 'headers'),
    ...lists.flatMap((list) => fieldFaults(written[list] ?? [], list, production)),
    ...(JSON.stringify(sample).length > mostBytes ? [`sample must be shorter than ${mostBytes} characters`] : []),
  ]
  if (faults.length > 0) throw unprocessable(faults)
}
