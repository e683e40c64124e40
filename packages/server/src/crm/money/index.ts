export { type DayRange, dayRange, momentOf } from './day-range.rules.js'
export { currencyOf, digitsOf, share, toMajor, toMinor } from './money.rules.js'
