/** The signature under disclosures: Ed25519 with a key that follows from the secret of the platform. */
import { createPrivateKey, createPublicKey, hkdfSync, sign, verify, type KeyObject } from 'node:crypto';

/** RFC 8410: what stands before the 32 bytes of a private and of a public key. */
const privateHead = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicHead = Buffer.from('302a300506032b6570032100', 'hex');

/** The key of a platform: one that keeps its secret keeps its key; with another secret it signs by another key. */
export class DisclosureKey {
  private readonly key: KeyObject;
  /** 32 bytes in hex. */
  readonly publicKey: string;

  constructor(secret: string) {
    const seed = Buffer.from(hkdfSync('sha256', secret, '', 'yearly disclosures', 32));
    this.key = createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(this.key).export({ format: 'der', type: 'spki' });
    this.publicKey = spki.subarray(publicHead.length).toString('hex');
  }

  /** In hex. */
  sign(text: string): string {
    return sign(null, Buffer.from(text), this.key).toString('hex');
  }
}

/** False also for what is no key or no signature at all. */
export function isSignedBy(text: string, signature: string, publicKey: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(publicKey) || !/^[0-9a-f]{128}$/.test(signature)) return false;
  try {
    const spki = Buffer.concat([publicHead, Buffer.from(publicKey, 'hex')]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'hex'));
  } catch {
    return false;
  }
}
