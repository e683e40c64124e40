export { person } from './person.contract.js'
