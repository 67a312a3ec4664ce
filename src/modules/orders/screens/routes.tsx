export { BasesPage } from './BasesPage.tsx'
