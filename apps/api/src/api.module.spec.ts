import 'reflect-metadata';
import { permissions } from '@gep/access';
import { type Admission, admissionKey } from './access/access.decorator';
import { controllers } from './api.module';

/** Routes of the controllers with what they say of who may use them, read from the decorators themselves. */
const routes = controllers.flatMap((controller) => {
  const prototype = controller.prototype as unknown as Record<string, object>;
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => name !== 'constructor' && Reflect.hasMetadata('path', prototype[name]))
    .map((name) => ({
      name: `${controller.name}.${name}`,
      admission: Reflect.getMetadata(admissionKey, prototype[name]) as Admission | undefined,
    }));
});

describe('who may use a route', () => {
  it.each(routes)('$name says it', ({ admission }) => {
    expect(['public', 'signed-in', ...permissions]).toContain(admission);
  });

  it('is everybody for a short list only', () => {
    const open = routes.filter(({ admission }) => admission === 'public').map(({ name }) => name);
    expect(open.sort()).toEqual([
      // Only of contracts that were published.
      'ContractsController.ocds',
      'HealthController.live',
      'HealthController.ready',
      // Counts alone.
      'LedgerController.invariants',
      'MetricsController.read',
      // Of yearly disclosures that were published; row security shows nothing else.
      'OpenDisclosuresController.edition',
      'OpenDisclosuresController.figure',
      'OpenDisclosuresController.latest',
      'OpenDisclosuresController.list',
      'OpenDisclosuresController.publicKey',
      'OpenPagesController.edition',
      'OpenPagesController.figure',
      'OpenPagesController.latest',
      'OpenPagesController.list',
      'SessionsController.refresh',
      'SessionsController.signIn',
      'SetupController.purpose',
      'SetupController.setUp',
    ]);
  });
});
