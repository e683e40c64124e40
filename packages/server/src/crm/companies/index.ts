export { companiesModule } from './companies.handlers.js'
