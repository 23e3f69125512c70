#!/usr/bin/env bash
# Makes the samples anew: pictures of 64 x 48, clips and sounds of a second or less, everything out of ffmpeg's own test signals.
# Debian: apt-get install ffmpeg lame libheif-examples imagemagick
set -euo pipefail
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

ff() { ffmpeg -v error -y -fflags +bitexact "$@"; }
picture=(-f lavfi -i testsrc=s=64x48:r=10:d=0.8)
sound=(-f lavfi -i sine=f=440:d=0.8:r=48000)
exact=(-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact)
h264=(-c:v libx264 -preset veryslow -crf 40 -pix_fmt yuv420p -bsf:v 'filter_units=remove_types=6')
h265=(-c:v libx265 -preset fast -crf 45 -pix_fmt yuv420p -x265-params log-level=none:info=0 -tag:v hvc1)
aac=(-c:a aac -b:a 24k -ac 1)
vp8=(-c:v libvpx -b:v 30k)

# Pictures
ff "${picture[@]}" -frames:v 1 "$scratch/base.png"
convert "$scratch/base.png" -strip base.png
convert base.png -quality 80 base.jpg
convert base.png -quality 60 base.webp
convert base.png -type palette gif.gif
convert base.png -type palette bmp.bmp
convert base.png -resize 32x32! -type palette icon.ico
convert base.png -compress lzw -type palette tiff.tiff
heif-enc -q 40 -o heic.heic base.png >/dev/null
ff "${picture[@]}" -frames:v 1 -c:v libaom-av1 -still-picture 1 -crf 50 -pix_fmt yuv420p avif.avif
ff "${picture[@]}" -frames:v 3 -c:v libaom-av1 -crf 60 -pix_fmt yuv420p avis.avif
ff "${picture[@]}" -frames:v 3 -plays 0 -f apng apng.png
convert -seed 7 -size 400x300 plasma:fractal -quality 70 "$scratch/large.jpg"
head -c $(($(stat -c %s "$scratch/large.jpg") / 2)) "$scratch/large.jpg" > broken.jpg
convert -seed 7 -size 80x60 plasma:fractal "$scratch/large.png"
head -c $(($(stat -c %s "$scratch/large.png") / 2)) "$scratch/large.png" > broken.png

# Sounds. The first bytes of each frame are FF FB, FF FA, FF F3, FF E3; FF F1, FF F9.
ff "${sound[@]}" -c:a pcm_s16le "$scratch/tone.wav"
lame --quiet -t -b 40 -m m --resample 44.1 "$scratch/tone.wav" mpeg1.mp3
lame --quiet -t -b 40 -m m --resample 44.1 -p "$scratch/tone.wav" crc.mp3
lame --quiet -t -b 16 -m m --resample 22.05 "$scratch/tone.wav" mpeg2.mp3
lame --quiet -t -b 16 -m m --resample 8 "$scratch/tone.wav" mpeg25.mp3
lame --quiet -t -b 32 -m m --id3v2-only --tt 'A tone' --ti base.jpg "$scratch/tone.wav" tagged.mp3
ff "${sound[@]}" "${aac[@]}" "${exact[@]}" mpeg4.aac
ff "${sound[@]}" "${aac[@]}" "${exact[@]}" -write_mpeg2 1 mpeg2.aac
ff "${sound[@]}" "${aac[@]}" "${exact[@]}" m4a.m4a
ff "${sound[@]}" "${aac[@]}" "${exact[@]}" -f mp4 "sound.mp4"
ff "${sound[@]}" -ar 8000 -c:a flac "${exact[@]}" flac.flac
ff "${sound[@]}" -c:a libvorbis -q:a 0 "${exact[@]}" vorbis.ogg
ff "${sound[@]}" -c:a libopus -b:a 16k "${exact[@]}" opus.opus
ff "${sound[@]}" -c:a libopus -b:a 16k "${exact[@]}" weba.webm
ff "${sound[@]}" -c:a libopus -b:a 16k "${exact[@]}" mka.mka
ff "${sound[@]}" -ar 8000 -c:a pcm_u8 "${exact[@]}" wav.wav
ff "${sound[@]}" -ar 8000 -c:a pcm_u8 "${exact[@]}" -rf64 always rf64.wav
ff "${sound[@]}" -ar 8000 -c:a pcm_s24le -t 0.3 "${exact[@]}" extensible.wav
# Silence: forty frames without data (RFC 4867, section 5).
{ printf '#!AMR\n'; head -c 40 /dev/zero | tr '\0' '\174'; } > amr.amr
ff "${sound[@]}" -ar 8000 -c:a pcm_s8 -t 0.3 "${exact[@]}" aiff.aiff

# Clips
ff "${picture[@]}" "${h264[@]}" "${exact[@]}" mov.mov
# As QuickTime wrote them before there were brands: no ftyp.
sed 's/ftypqt/freeqt/' mov.mov > old.mov
ff "${picture[@]}" "${sound[@]}" "${h264[@]}" "${aac[@]}" "${exact[@]}" -movflags +faststart mp4.mp4
ff "${picture[@]}" "${h264[@]}" "${exact[@]}" -brand 'M4V ' -f mp4 m4v.m4v
ff "${picture[@]}" "${h264[@]}" "${exact[@]}" 3gp.3gp
ff "${picture[@]}" "${h264[@]}" "${exact[@]}" -movflags +dash+frag_keyframe+empty_moov -f mp4 dash.mp4
ff "${picture[@]}" "${h264[@]}" "${exact[@]}" h264.mkv
ff "${picture[@]}" "${vp8[@]}" "${exact[@]}" vp8.webm
ff "${picture[@]}" "${vp8[@]}" "${exact[@]}" vp8.mkv
ff "${picture[@]}" -c:v libtheora "${exact[@]}" theora.ogv
ff "${picture[@]}" "${h265[@]}" "${exact[@]}" hevc.mp4
ff "${picture[@]}" "${sound[@]}" "${h265[@]}" "${aac[@]}" "${exact[@]}" hevc-sound.mp4
ff "${picture[@]}" "${h264[@]}" "${exact[@]}" -f mpegts stream.m2ts
ff "${picture[@]}" -c:v mpeg4 -qscale:v 20 "${exact[@]}" avi.avi
ff "${picture[@]}" -c:v wmv2 -qscale:v 20 "${exact[@]}" wmv.wmv
ff "${picture[@]}" -c:v flv1 -qscale:v 20 "${exact[@]}" flv.flv
ff "${picture[@]}" -c:v mpeg1video -r 25 -qscale:v 20 "${exact[@]}" -f mpeg mpg.mpg
# A moov, and not all that it names.
head -c $(($(stat -c %s mp4.mp4) * 9 / 10)) mp4.mp4 > half.mp4
du -cb ./*.* | tail -1
