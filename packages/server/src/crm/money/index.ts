export { dayRange } from './day-range.rules.js'
export { currencyOf, digitsOf, share, toMajor, toMinor } from './money.rules.js'
