export { checkFilters, namesCustomField } from './check.rules.js'
export { type Cell, type Cells, compileApart, compileFilter, idsBeside } from './filters.sql.js'
export {
  type Condition,
  type CustomField,
  type FieldRule,
  type FieldRules,
  type Filter,
  fieldRule,
  type Group,
  type Language,
} from './language.rules.js'
export { idsOfPage, orderBy, type SortCells, type Start, searchAfterOf } from './order.sql.js'
export { type CursorValue, cursorOf, type Order, offsetOf, orderOf, type SortRules } from './sort.rules.js'
