/** In bytes, as in the codelab. */
const CHUNK_LEN = 64_000;

/**
 * `sendPhoto` of the codelab "Real time communication with WebRTC", step 6: sends the number of
 * bytes as text, then the bytes in a tight loop without flow control.
 */
export async function sendPhoto(channel: RTCDataChannel, data: Uint8Array<ArrayBuffer>): Promise<void> {
  channel.send(String(data.byteLength));
  for (let start = 0; start < data.byteLength; start += CHUNK_LEN) {
    const chunk = data.subarray(start, start + CHUNK_LEN);
    try {
      channel.send(chunk);
    } catch {
      // Not in the codelab, which stops here and never delivers the photo: Chrome buffers at most
      // 16 MiB. Wait until the buffer is empty, then continue.
      await new Promise((resolve) => channel.addEventListener('bufferedamountlow', resolve, { once: true }));
      channel.send(chunk);
    }
  }
}

/** Calls `whole` with each complete value that {@link sendPhoto} sent. */
export function receive(
  channel: RTCDataChannel,
  whole: (value: Uint8ClampedArray<ArrayBuffer>) => void,
): void {
  let buffer = new Uint8ClampedArray();
  let count = 0;
  channel.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') {
      buffer = new Uint8ClampedArray(Number(data));
      count = 0;
      return;
    }
    buffer.set(new Uint8ClampedArray(data), count);
    count += data.byteLength;
    if (count === buffer.byteLength) whole(buffer);
  });
}
