import { Direction } from "../../src/service/protocol";
import type { Cipher, PacketBytes } from "../../src/service/packet-bytes";

type NativeBytes = Buffer & { fillRandom(): void };
type NativeDigest = { digest(key: Buffer, algorithm: string, parts: Buffer[]): Buffer };

/** The runtime's own HMAC and random bytes, without the library around them: it would bring half a kilobyte of options along. */
export class RuntimeCipher implements Cipher {
  zeroBytes(count: number): PacketBytes {
    return Buffer.alloc(count);
  }

  mac(key: PacketBytes, direction: number, data: PacketBytes, count: number): PacketBytes {
    let place = 1;
    if (direction === Direction.none) place = 0;
    const sealed = Buffer.alloc(place + count);
    if (place !== 0) sealed[0] = direction;
    sealed.blitAt(place, data as Buffer, 0, count);
    return (Buffer as unknown as NativeDigest).digest(key as Buffer, "sha256", [sealed]);
  }

  fillRandom(bytes: PacketBytes): void {
    (bytes as NativeBytes).fillRandom();
  }
}
