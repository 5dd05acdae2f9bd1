package front

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/tengyun/tengyun/internal/clock"
)

// The files of an authority. CertFile is what clients are told to trust.
const (
	CertFile = "ca.pem"
	keyFile  = "ca-key.pem"
)

const (
	authorityLife = 10 * 365 * 24 * time.Hour
	backdate      = 24 * time.Hour // for clients whose clock is behind
)

// An Authority certifies host names, so that clients which insist on TLS reach this machine. Its key never leaves it.
type Authority struct {
	cert  *x509.Certificate
	pem   []byte
	key   *ecdsa.PrivateKey
	clock clock.Clock

	mu     sync.Mutex
	leaves map[string]*leaf // by the name certified
	own    *ecdsa.PrivateKey
}

// OpenAuthority reads the authority kept in dir, or makes one there: ca.pem, and ca-key.pem for the owner's eyes alone.
// An empty dir keeps it in memory. Certificates are dated by c, which should be the machine's clock, as clients go by theirs.
// A file that is damaged, or out of date, is an error that says what to delete: who trusts the old one has to know.
func OpenAuthority(dir string, c clock.Clock) (*Authority, error) {
	a := &Authority{clock: c, leaves: map[string]*leaf{}}
	var err error
	if a.own, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	if dir == "" {
		if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			return nil, fmt.Errorf("make a key: %w", err)
		}
		certificate, err := a.selfSigned()
		if err != nil {
			return nil, err
		}
		return a, a.take(certificate)
	}
	return a, a.open(dir)
}

// PEM is the certificate to trust.
func (a *Authority) PEM() []byte { return a.pem }

// open reads or makes the files. Two programs that open one new directory at once agree: whichever file is there first
// counts, and the certificate is made for the key that is there.
func (a *Authority) open(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make directory for the certificate authority: %w", err)
	}
	certPath, keyPath := filepath.Join(dir, CertFile), filepath.Join(dir, keyFile)
	_, certErr := os.Stat(certPath)
	if _, keyErr := os.Stat(keyPath); errors.Is(keyErr, fs.ErrNotExist) && certErr == nil {
		return fmt.Errorf("certificate authority %s has lost its key %s: delete it to make a new one", certPath, keyFile)
	}
	text, err := readOrMake(keyPath, 0o600, newKey)
	if err != nil {
		return err
	}
	if a.key, err = parseKey(text); err != nil {
		return fmt.Errorf("read %s: %w: delete it and %s to make new ones", keyPath, err, CertFile)
	}
	if text, err = readOrMake(certPath, 0o644, a.selfSigned); err != nil {
		return err
	}
	if err := a.take(text); err != nil {
		return fmt.Errorf("read %s: %w: delete it and %s to make new ones", certPath, err, keyFile)
	}
	return nil
}

// readOrMake reads a file, after making it if it was not there.
func readOrMake(path string, mode fs.FileMode, text func() ([]byte, error)) ([]byte, error) {
	kept, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return kept, err
	}
	made, err := text()
	if err != nil {
		return nil, err
	}
	if err := create(path, mode, made); err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return os.ReadFile(path)
}

// create makes a file appear whole, unless one is there already.
func create(path string, mode fs.FileMode, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // for the owner alone until it is done
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	err = os.Link(f.Name(), path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return os.Rename(f.Name(), path) // a file system without links
}

func newKey() ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("encode a key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

func parseKey(text []byte) (*ecdsa.PrivateKey, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("no PEM in it")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	if key, ok := key.(*ecdsa.PrivateKey); ok {
		return key, nil
	}
	return nil, errors.New("not an ECDSA key")
}

// selfSigned is the authority's certificate, as PEM.
func (a *Authority) selfSigned() ([]byte, error) {
	now := a.clock.Now()
	template := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{CommonName: "Tengyun local authority", Organization: []string{"Tengyun"}},
		NotBefore: now.Add(-backdate), NotAfter: now.Add(authorityLife),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, a.key.Public(), a.key)
	if err != nil {
		return nil, fmt.Errorf("certify the authority: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
}

// take makes text the authority's certificate, if it is one, for its key, and valid now.
func (a *Authority) take(text []byte) error {
	block, _ := pem.Decode(text)
	if block == nil {
		return errors.New("no PEM in it")
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	switch {
	case !cert.IsCA:
		return errors.New("not the certificate of an authority")
	case !a.key.PublicKey.Equal(cert.PublicKey):
		return errors.New("not the certificate of the key beside it")
	case now.After(cert.NotAfter):
		return fmt.Errorf("expired on %s", cert.NotAfter.Format(time.DateOnly))
	case now.Before(cert.NotBefore):
		return fmt.Errorf("not valid before %s", cert.NotBefore.Format(time.DateOnly))
	}
	a.cert, a.pem = cert, text
	return nil
}

// serial is a random serial number of 127 bits: positive, and never twice.
func serial() *big.Int {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[0] &= 0x7f
	return new(big.Int).SetBytes(b[:])
}
