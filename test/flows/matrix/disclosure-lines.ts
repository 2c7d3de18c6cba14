/** Lines of the matrix: yearly disclosures, while they are made and once everybody reads them. */
import { keyed, period, type Line } from './matrix-line';

export const disclosureLines: Readonly<Record<string, Line>> = {
  listYearlyDisclosures: { shows: 'own-list', path: () => '/api/v1/evaluation/disclosures' },
  getYearlyDisclosure: {
    shows: 'own',
    path: ({ yearlyDisclosure }) => `/api/v1/evaluation/disclosures/${yearlyDisclosure}`,
  },
  draftYearlyDisclosure: {
    shows: 'deed',
    path: () => '/api/v1/evaluation/disclosures',
    call: ({ territory }) => keyed({ territory, year: Number(period) }),
    status: 201,
  },
  // It was withdrawn, which whoever may see it is told.
  actOnYearlyDisclosure: {
    shows: 'own',
    path: ({ yearlyDisclosure }) => `/api/v1/evaluation/disclosures/${yearlyDisclosure}/approve`,
    call: () => keyed({}),
    status: 409,
  },
  getDisclosureKey: { shows: 'public', path: () => '/api/v1/open/key' },
  listOpenDisclosures: { shows: 'public', path: () => '/api/v1/open/disclosures' },
  getOpenDisclosure: { shows: 'public', path: () => '/api/v1/open/disclosures/520523/2024', status: 404 },
  getOpenDisclosureEdition: { shows: 'public', path: () => '/api/v1/open/disclosures/520523/2024/1', status: 404 },
  getOpenFigure: {
    shows: 'public',
    path: () => '/api/v1/open/disclosures/520523/2024/1/figures/account.total',
    status: 404,
  },
};
