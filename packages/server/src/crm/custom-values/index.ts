export { customValueAssets } from './assets.sql.js'
export { customValuesModule } from './custom-values.handlers.js'
export { customValuesByKey } from './custom-values.sql.js'
export { type SeedCustomValue, seedCustomValues } from './seed.sql.js'
