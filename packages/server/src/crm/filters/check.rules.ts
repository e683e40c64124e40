import { unprocessable } from '@groundlevel/contract-kit'
import {
  type Condition,
  type CustomField,
  customRuleOf,
  type FieldRule,
  type FieldRules,
  type Filter,
  type Group,
  hasSeveral,
  type Language,
  type Operator,
} from './language.rules.js'
import { valuesOf } from './values.rules.js'

const mostConditions = 100
const deepest = 5
const tooMany = `filters must contain no more than ${mostConditions} conditions and groups`

interface Named {
  readonly rule: FieldRule
  readonly custom?: NonNullable<Condition['custom']>
}

type Base = Pick<Condition, 'field' | 'type' | 'operator' | 'custom'>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

const shown = (value: unknown) => {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 90 ? `${text.slice(0, 90)}…` : text
}

/** Reads one tree of filters; keeps every violation on the way, so that a caller mends all of them at once. */
class Reader {
  readonly violations: string[] = []

  constructor(
    readonly fields: FieldRules,
    readonly customPrefix: string | undefined,
    readonly customFields: readonly CustomField[],
    readonly seen = { nodes: 0 },
  ) {}

  list(nodes: readonly unknown[], path: string, depth: number): Filter[] {
    return nodes.flatMap((node, at) => this.#node(node, `${path}.${at}`, depth) ?? [])
  }

  #say(text: string): undefined {
    this.violations.push(text)
  }

  #node(node: unknown, path: string, depth: number): Filter | undefined {
    if (!isObject(node)) return this.#say(`${path} must be an object`)
    this.seen.nodes += 1
    // One sentence, not one for each of ten thousand.
    if (this.seen.nodes === mostConditions + 1) return this.#say(tooMany)
    if (this.seen.nodes > mostConditions) return undefined
    return 'group' in node ? this.#group(node, path, depth) : this.#condition(node, path, depth)
  }

  #onlyKeys(node: Record<string, unknown>, path: string, known: readonly string[]) {
    for (const name of Object.keys(node))
      if (!known.includes(name)) this.#say(`property ${path}.${name.slice(0, 90)} should not exist`)
  }

  #group(node: Record<string, unknown>, path: string, depth: number): Group | undefined {
    this.#onlyKeys(node, path, ['group', 'filters'])
    const { group, filters } = node
    if (group !== 'AND' && group !== 'OR') return this.#say(`${path}.group must be AND or OR`)
    if (!Array.isArray(filters)) return this.#say(`${path}.filters must be an array`)
    if (filters.length === 0) return this.#say(`${path}.filters should not be empty`)
    if (depth >= deepest) return this.#say(`${path}.group stands deeper than ${deepest} groups`)
    return { group, filters: this.list(filters, `${path}.filters`, depth + 1) }
  }

  #named(field: string): Named | undefined {
    const rule = Object.hasOwn(this.fields, field) ? this.fields[field] : undefined
    if (rule) return { rule }
    const { customPrefix } = this
    if (!customPrefix || !field.startsWith(customPrefix)) return undefined
    return this.#custom(field.slice(customPrefix.length))
  }

  #custom(name: string): Named | undefined {
    const [id = '', optionId] = name.split('.')
    const known =
      this.customFields.find((each) => each.id === id) ??
      this.customFields.find(({ fieldKey }) => fieldKey === name || fieldKey?.split('.').slice(1).join('.') === id)
    if (!known) return undefined
    const rule = customRuleOf(known.dataType)
    const box = known.fieldKey === name ? undefined : optionId
    if (box !== undefined && known.dataType !== 'TEXTBOX_LIST') return undefined
    return {
      rule,
      custom: { id: known.id, several: hasSeveral(known.dataType), ...(box === undefined ? {} : { optionId: box }) },
    }
  }

  #instead(field: string): string {
    const { customPrefix, fields } = this
    if (customPrefix && field.startsWith(customPrefix)) return 'no custom field of this location has that id or key'
    const names = [...Object.keys(fields), ...(customPrefix ? [`${customPrefix}<id>`] : [])]
    return `use ${listed(names)}`
  }

  /** Several texts of one `contains`, as programs ask for tags: any of them; of `not_contains`: none. Each is a condition of its own. */
  #severalTexts(base: Base, rule: FieldRule, texts: readonly unknown[], path: string): Group | undefined {
    if (texts.length === 0) return this.#say(`${path}.value should not be empty (${base.field} ${base.operator})`)
    this.seen.nodes += texts.length - 1
    if (this.seen.nodes > mostConditions) return this.#say(tooMany)
    const checked = texts.map((text) => valuesOf(base.operator, text, rule))
    const wrong = checked.find((each) => 'problem' in each)
    if (wrong) return this.#say(`${path}.value ${wrong.problem} (${base.field} ${base.operator})`)
    const filters = checked.flatMap((each) => ('ok' in each ? [{ ...base, ...each.ok }] : []))
    return { group: base.operator === 'contains' ? 'OR' : 'AND', filters }
  }

  #condition(node: Record<string, unknown>, path: string, depth: number): Filter | undefined {
    this.#onlyKeys(node, path, ['field', 'operator', 'value'])
    const { field, operator, value } = node
    if (typeof field !== 'string') return this.#say(`${path}.field must be a string`)
    const named = this.#named(field)
    if (!named) return this.#say(`${path}.field ${shown(field)} cannot be searched by; ${this.#instead(field)}`)
    const { rule, custom } = named
    if (!rule.operators.includes(operator as Operator))
      return this.#say(`${path}.operator ${shown(operator)} cannot be used with ${field}; use ${listed(rule.operators)}`)
    const base = { field, type: rule.type, operator: operator as Operator, ...(custom ? { custom } : {}) }
    if (rule.type === 'nested') return this.#nested(base, rule, value, path, depth)
    if (Array.isArray(value) && base.operator.endsWith('contains')) return this.#severalTexts(base, rule, value, path)
    const checked = valuesOf(base.operator, value, rule)
    if ('ok' in checked) return { ...base, ...checked.ok }
    const gap = checked.problem.startsWith('.') ? '' : ' '
    return this.#say(`${path}.value${gap}${checked.problem} (${field} ${base.operator})`)
  }

  #nested(base: Base, rule: FieldRule, value: unknown, path: string, depth: number) {
    if (!Array.isArray(value) || value.length === 0)
      return this.#say(`${path}.value must be an array of filters (${base.field} nested)`)
    const inside = new Reader(rule.fields ?? {}, undefined, [], this.seen)
    const filters = inside.list(value, `${path}.value`, depth + 1)
    this.violations.push(...inside.violations)
    return { ...base, values: [], bounds: [], inner: { group: 'AND' as const, filters } }
  }
}

/** Whether a custom field is named anywhere: only then its definitions have to be fetched. */
export const namesCustomField = (nodes: readonly unknown[], { customPrefix }: Language): boolean =>
  customPrefix !== undefined &&
  nodes.slice(0, mostConditions).some((node) => {
    if (!isObject(node)) return false
    if (Array.isArray(node.filters)) return namesCustomField(node.filters, { fields: {}, customPrefix })
    return typeof node.field === 'string' && node.field.startsWith(customPrefix)
  })

/**
 * The filters of a request, all of which must hold, as a tree that can be compiled: known fields, operators that they have,
 * values that fit. At most 100 conditions and groups, five groups deep.
 *
 * @throws WireError 422 with every violation, each with its path, its field and its operator
 */
export const checkFilters = (
  nodes: readonly unknown[],
  { fields, customPrefix }: Language,
  customFields: readonly CustomField[] = [],
): Group => {
  const reader = new Reader(fields, customPrefix, customFields)
  const filters = reader.list(nodes, 'filters', 0)
  if (reader.violations.length > 0) throw unprocessable(reader.violations)
  return { group: 'AND', filters }
}
