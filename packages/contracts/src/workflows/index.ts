export { enrolments, workflow } from './workflow.contract.js'
