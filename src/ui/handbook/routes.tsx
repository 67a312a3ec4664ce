import './editions/editions.css'
import './handbook.css'

export { ChangesPage } from './editions/ChangesPage.tsx'
export { EditionPage } from './editions/EditionPage.tsx'
export { EditionsPage } from './editions/EditionsPage.tsx'
export { ReaderPage } from './ReaderPage.tsx'
