export { businessesModule } from './businesses.handlers.js'
export { businessesOf, businessNameOf } from './businesses.sql.js'
export { type SeedBusiness, seedBusinesses } from './seed.sql.js'
