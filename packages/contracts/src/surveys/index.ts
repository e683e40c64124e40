export { survey, surveySubmissions } from './survey.contract.js'
