export { type DayRange, dayRange, momentOf } from './day-range.rules.js'
export { currencyOf, digitsOf, isCurrency, share, toMajor, toMinor } from './money.rules.js'
