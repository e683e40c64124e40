export { form, formFiles, formSubmissions } from './form.contract.js'
