/** A stream of a moving picture, and of the sound of the browser's fake microphone. */
export async function film(
  width = 320,
  height = 240,
): Promise<{ readonly stream: MediaStream; readonly stop: () => void }> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d')!;
  let at = 0;
  const draw = (): void => {
    context.fillStyle = `hsl(${at % 360} 80% 50%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = '#fff';
    context.fillRect((at * 3) % canvas.width, 0, 20, canvas.height);
    at += 1;
  };
  draw();
  const timer = setInterval(draw, 33);
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  const stream = new MediaStream([...canvas.captureStream(30).getTracks(), ...sound.getTracks()]);
  return {
    stream,
    stop: () => {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
    },
  };
}
