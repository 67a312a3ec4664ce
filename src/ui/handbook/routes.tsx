import './handbook.css'

export { ReaderPage } from './ReaderPage.tsx'
